/// What people choose most when nobody stops them, in lower case; what is too short anyway is left out,
/// unless digits behind it make it long enough.
enum CommonPasswords {
    /// Refused as they are.
    static let whole: Set<String> = Set(
        """
        1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y q1w2e3r4 q1w2e3r4t5 1qaz2wsx 1qaz2wsx3edc 1qaz!qaz zaq12wsx zaq1zaq1 zaq1xsw2
        !qaz2wsx 1qazxsw2 qazwsxedc qazwsx123 123qweasd 123qweasdzxc qweasdzxc qwe123qwe 123qwe123 q1w2e3r4t5y6
        12345qwert 123456qwe 1234qwer qwer1234 asdf1234 1234asdf zxcv1234 asdfghjkl; 147258369 147852369 159753456
        123654789 987654321 9876543210 0987654321 1234567890 123456789 12345678 123456780 1234567891 12345678910
        123456789a a123456789 a12345678 123456789q 123456aa aa123456 aa12345678 123456ab abc123456 abc12345 abcd1234
        1234abcd a1b2c3d4 a1b2c3d4e5 abc123abc 123abc123 123123123 1231231234 12341234 123454321 11223344 1122334455
        112233445566 12344321 11112222 11111112 88888888 00000000 01234567 0123456789 123321123 147147147 789456123
        741852963 963852741 159357159 123698745 102030405 10203040 1020304050 31415926 314159265 p@55w0rd
        pass@123 pass1234word trustno1 letmein1 welcome1 login123 admin123 admin1234 root1234 test1234 user1234
        test123test changeme1 iloveyou2 love1234 ncc1701d ncc1701e blink182 thx1138x 8675309j 12qwaszx qwaszx12
        1a2b3c4d 1a2b3c4d5e azerty123 azertyuiop 1q1q1q1q q1q1q1q1 1qw23er4 4rfv5tgb 5tgb6yhn 7ujm8ik, qwerty!@ qwert!@#
        !@#$%^&* !@#$%^&*() !@#$1234 1234!@#$ passw0rd1 p4ssw0rd p4ssword pa55word pa55w0rd password1! password12!
        19841984 19851985 19861986 19871987 19881988 19891989 19901990 19911991 19921992 20002000 20202020 20242024
        20252025 20262026 12121212 13131313 69696969 01010101 10101010 11235813 24681012 13579246 97531864 1357924680
        2468101214 12345679 123456789* 123456789! 87654321a 12345678a 12345678q 1234567a 1234567q a1234567
        dragon1! monkey1! summer1! qwe12345 qwer123456 qwert12345 qwerty1! asd12345 asd123456 zxc12345 zxc123456
        asdasd123 qweqwe123 zxczxc123 wasd1234 computer1 internet1 samsung1 michael1 jessica1 charlie1 superman1
        batman123 pokemon1 naruto123 minecraft1 fortnite1 football1 baseball1 basketball1 liverpool1 chelsea1
        arsenal1 barcelona1 juventus1 sunshine1 princess1 butterfly1 chocolate1 starwars1 whatever1 freedom1
        """.split(whereSeparator: \.isWhitespace).map(String.init))

    /// Refused also with `1`, `12`, `123` … behind them.
    static let words: Set<String> = Set(
        """
        password passwords passwort passwd pass passphrase mypassword mypass newpassword thepassword userpassword
        contrasena contraseña motdepasse senha wachtwoord haslo parola parole salasana kennwort geheim geheimnis secret
        secrets topsecret qwerty qwertz azerty qwert qwertyu qwertyui qwertyuio qwertyuiop qwertzuiop qwertyqwerty
        asdf asdfg asdfgh asdfghj asdfghjk asdfghjkl asdfasdf asdasdasd zxcv zxcvb zxcvbn zxcvbnm qazwsx qweasd
        qweqwe qweqweqwe qwerasdf qweasdzxc poiuytrewq lkjhgfdsa mnbvcxz mnbvcxza abc abcd abcde abcdef abcdefg
        abcdefgh abcdefghi abcabc abcdabcd aaaa aaaaaa xxxxxx zzzzzz iloveyou iloveu iloveme iloveyouso ihateyou
        loveyou lovely lover lovelove mylove loveme love forever foreverlove letmein letmeinnow openup opensesame
        welcome welcomehome bienvenue willkommen hello hellohello helloworld hallo hola bonjour admin administrator
        adminadmin root rootroot toor user username guest guestguest login loginlogin test testtest testing tester
        tests temp temporary default changeme changeit changethis access accessgranted system server manager master
        masterkey keymaster computer laptop internet wireless network router cisco linux ubuntu debian windows
        microsoft apple google facebook youtube instagram whatsapp twitter linkedin amazon samsung nokia iphone
        android dragon dragons monkey monkeys shadow sunshine princess prince superman batman spiderman wonderwoman
        ironman starwars startrek pokemon pikachu naruto minecraft fortnite roblox football footballer soccer
        baseball basketball hockey tennis golf swimming liverpool chelsea arsenal barcelona realmadrid juventus
        manchester manutd yankees cowboys lakers eagles steelers packers michael michelle jessica jennifer ashley
        daniel charlie george thomas andrew joshua matthew robert william jordan hunter harley ranger buster tigger
        ginger pepper maggie jackson maverick phoenix mustang ferrari porsche mercedes corvette camaro yamaha
        butterfly flower flowers rainbow chocolate cookie cookies cheese banana orange apples strawberry summer
        winter spring autumn sommer january february october november december monday friday sunday saturday angel
        angels heaven jesus jesuschrist christ godisgood blessed blessing faith trustno freedom liberty peace
        whatever nothing something anything everything nopassword idontknow dontknow forgetit remember killer
        hacker ninja warrior soldier gangster matrix merlin wizard gandalf hogwarts harrypotter cheers thunder
        lightning diamond silver golden money moneymoney dollars million secretsecret snoopy mickey mickeymouse
        donald simpsons garfield scooby scoobydoo family familia mother father brother sister babygirl babyboy baby
        sweetie sweetheart honey darling beautiful handsome bigboy badboy goodgirl fuckyou fuckoff asshole bitch
        biteme pussy sexy sexsex america canada england london paris berlin texas california chicago newyork
        australia germany deutschland france espana brasil india china russia expense expenses expensetracker
        tracker budget accounting account private private1 office business company student teacher school college
        university doctor nurse police fireman guitar music musica rockstar metallica nirvana slipknot eminem
        beatles blink computer1 zaq xsw cde hello123 mynameis letsgo holiday vacation travel adventure crazy lucky
        happy smile smiley cool awesome perfect special unique sample example demo demodemo
        """.split(whereSeparator: \.isWhitespace).map(String.init))
}
